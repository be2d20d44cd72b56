/** Isolation Forest: unsupervised anomaly scores, with attribution and a severity beside them. */
package io.microstream.models.isolation;
