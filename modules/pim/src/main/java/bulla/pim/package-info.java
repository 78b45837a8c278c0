/** Policy management: /pty/v2/pim. */
package bulla.pim;
