/** Policy management before and after {@code POST /init}, and the order of all changes. */
package bulla.pim.initialization;
