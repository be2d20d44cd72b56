/**
 * Flink clusters of their own processes: starts them from the jars of this project, and submits,
 * lists, savepoints and cancels jobs at any cluster's REST address.
 */
package io.microstream.standalone.cluster;
