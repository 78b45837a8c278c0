/** What the objects of a policy have in common: uid, name, references, problems. */
package bulla.pim.object;
