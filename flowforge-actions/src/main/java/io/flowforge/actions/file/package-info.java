/**
 * The actions {@code read-file} and {@code write-file}, confined to the folder that the host names
 * in a {@link io.flowforge.actions.file.FilePolicy}.
 */
@NullMarked
package io.flowforge.actions.file;

import org.jspecify.annotations.NullMarked;
