/** Nodes: who pulls packages, from where, and how old what they have is. */
package bulla.pim.node;
