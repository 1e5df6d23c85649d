/** A store on H2, PostgreSQL, MariaDB or MySQL. */
@NullMarked
package io.flowforge.jdbc;

import org.jspecify.annotations.NullMarked;
