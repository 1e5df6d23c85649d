/** How the JDBC store works: sessions, statements, dialects and the schema. */
@NullMarked
package io.flowforge.jdbc.internal;

import org.jspecify.annotations.NullMarked;
