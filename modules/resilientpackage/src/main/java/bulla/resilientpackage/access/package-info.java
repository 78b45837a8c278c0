/** Who may do what with which data element, as the deployed policies say together. */
package bulla.resilientpackage.access;
