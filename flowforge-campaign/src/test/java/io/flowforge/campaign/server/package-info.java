/** Real servers that can be killed, stopped and started again. */
@NullMarked
package io.flowforge.campaign.server;

import org.jspecify.annotations.NullMarked;
