/**
 * The REST API: the OpenAPI contract, the routes that serve its operations, and the responses and
 * problems they send.
 */
package io.microstream.live.rest;
