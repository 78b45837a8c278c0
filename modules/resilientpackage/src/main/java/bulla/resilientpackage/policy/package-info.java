/** What was deployed to one data store: its data elements, masks, roles, rules and applications. */
package bulla.resilientpackage.policy;
