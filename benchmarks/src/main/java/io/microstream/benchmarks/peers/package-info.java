/** Our side of the comparison with scikit-learn and hmmlearn, see {@code benchmarks/peers}. */
package io.microstream.benchmarks.peers;
