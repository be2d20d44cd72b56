/**
 * Quality of rankings, and means over seeds with their standard errors: plain functions of arrays.
 */
package io.microstream.models.evaluation;
