/** Data elements: a kind of data, how it is protected, and its key. */
package bulla.pim.dataelement;
