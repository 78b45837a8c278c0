/** The journal of what happened: who, from where, what, with which outcome. */
open module bulla.audit {}
