/** How well a score ranks, and how sure a mean over seeds is: plain functions of arrays. */
package io.microstream.models.evaluation;
