/**
 * The HTTP server in front of the API: access checks, rate limits and the files of the live page.
 */
package io.microstream.live.web;
