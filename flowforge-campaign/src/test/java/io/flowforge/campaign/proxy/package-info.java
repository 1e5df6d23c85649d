/** A network that does what networks do. */
@NullMarked
package io.flowforge.campaign.proxy;

import org.jspecify.annotations.NullMarked;
