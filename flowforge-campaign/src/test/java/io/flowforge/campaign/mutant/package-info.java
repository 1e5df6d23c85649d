/** Defences that are taken away, and what breaks then. */
@NullMarked
package io.flowforge.campaign.mutant;

import org.jspecify.annotations.NullMarked;
