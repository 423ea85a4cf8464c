// libcurl for Swift: the variadic calls, one wrapper for each kind of argument, and macros as constants.
#pragma once
#include <curl/curl.h>

typedef size_t (*carillon_curl_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode carillon_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode carillon_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode carillon_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode carillon_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode carillon_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode carillon_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode carillon_curl_set_callback(CURL *handle, CURLoption option, carillon_curl_callback value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLMcode carillon_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}
static inline CURLcode carillon_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}
static inline CURLcode carillon_curl_get_string(CURL *handle, CURLINFO info, char **value) {
    return curl_easy_getinfo(handle, info, value);
}
/// The finished transfer of a multi handle and its result; NULL where none has finished.
static inline CURL *carillon_curl_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg == CURLMSG_DONE) { *result = message->data.result; return message->easy_handle; }
    }
    return NULL;
}
