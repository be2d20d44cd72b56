/** The command line: commands, their options and what they say when an option cannot be used. */
package io.microstream.standalone.cli;
