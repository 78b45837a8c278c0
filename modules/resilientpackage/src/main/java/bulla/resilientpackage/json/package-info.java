/** JSON that is read strictly: nothing unknown, repeated, null, coerced or trailing passes. */
package bulla.resilientpackage.json;
