/** Engines whose network, database or server does what it should not. */
@NullMarked
package io.flowforge.campaign.network;

import org.jspecify.annotations.NullMarked;
