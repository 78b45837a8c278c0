/** Strict JSON bodies, conditional requests, paging. */
package bulla.commonops.http;
