package bulla.resilientpackage.access;

/** The answer to who may do what with a data element: known rights, or why there are none. */
public sealed interface Access permits ElementAccess, AccessRefused {}
