/** A store on H2, PostgreSQL or MariaDB. */
@NullMarked
package io.flowforge.jdbc;

import org.jspecify.annotations.NullMarked;
