/**
 * The way of features into models: the one converter by name, the flat table of training rows, and
 * what Tribuo wants to know of both.
 */
package io.microstream.models.features;
