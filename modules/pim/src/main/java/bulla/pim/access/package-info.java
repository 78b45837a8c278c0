/** Who may do what with which data element, by what is deployed. */
package bulla.pim.access;
