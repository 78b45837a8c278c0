/** The protector's command line: CSV files in, CSV files out. */
package bulla.protector.cli;
