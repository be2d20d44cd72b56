/**
 * Features as inputs of models: the converter by name, the flat table of training rows, and
 * Tribuo's records of both.
 */
package io.microstream.models.features;
