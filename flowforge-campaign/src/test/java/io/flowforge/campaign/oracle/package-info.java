/** Judges what a scenario left behind; knows nothing of engine and stores but the stored form. */
@NullMarked
package io.flowforge.campaign.oracle;

import org.jspecify.annotations.NullMarked;
