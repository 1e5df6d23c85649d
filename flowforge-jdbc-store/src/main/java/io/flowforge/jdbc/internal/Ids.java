package io.flowforge.jdbc.internal;

import java.util.List;

/** The values of an {@code {in}} of a statement. */
record Ids(List<String> values) {}
