/**
 * Isolation Forest: unsupervised anomaly scores with attribution, and a severity that does not
 * saturate.
 */
package io.microstream.models.isolation;
