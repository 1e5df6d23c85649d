/** The program that is crashed. */
@NullMarked
package io.flowforge.campaign.worker;

import org.jspecify.annotations.NullMarked;
