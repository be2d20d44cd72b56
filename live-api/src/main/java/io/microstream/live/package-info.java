/** The live server: its configuration, and its life from opening the port to letting clients go. */
package io.microstream.live;
