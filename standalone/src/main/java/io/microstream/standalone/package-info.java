/** The whole system in one JVM, and the command line. */
package io.microstream.standalone;
