/* Orders and cancels against the exchange on loopback at a steady rate from one process.
   usage: load PORT KEY SECRET SECONDS PAIRS_PER_SECOND CONNECTIONS SYMBOL QUANTITY PRICE
   Each pair is a limit order and its cancel. Latency counts from the moment a request was due, so that waiting in line is not
   hidden. Prints one line of JSON; ends with 1 if any answer was not the one expected. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const char *key, *secret, *symbol, *quantity, *price;
static int port, connections;
static double seconds, rate;
static struct timespec start;

typedef struct { int number, socket; long sent, failed; double *latencies; char answer[1 << 16]; } Worker;

static double since(const struct timespec *from) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec - from->tv_sec + (now.tv_nsec - from->tv_nsec) * 1e-9;
}

static void wait_until(double due) {
    double left = due - since(&start);
    if (left <= 0) return;
    struct timespec pause = {(time_t)left, (long)((left - (time_t)left) * 1e9)};
    nanosleep(&pause, 0);
}

static int open_socket(void) {
    int s = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(s, (struct sockaddr *)&to, sizeof to)) { perror("connect"); exit(1); }
    return s;
}

/* Sends a signed request and reads its whole answer; the HTTP status, or 0. */
static int ask(Worker *w, const char *method, const char *parameters) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    char query[1024], request[2048];
    snprintf(query, sizeof query, "%s&recvWindow=10000&timestamp=%lld", parameters, (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000);
    unsigned char mac[32];
    unsigned length = sizeof mac;
    HMAC(EVP_sha256(), secret, (int)strlen(secret), (unsigned char *)query, strlen(query), mac, &length);
    char signature[65];
    for (int i = 0; i < 32; i++) sprintf(signature + 2 * i, "%02x", mac[i]);
    int size = snprintf(request, sizeof request, "%s /api/v3/order?%s&signature=%s HTTP/1.1\r\nHost: 127.0.0.1\r\nX-MBX-APIKEY: %s\r\nContent-Length: 0\r\n\r\n",
                        method, query, signature, key);
    if (write(w->socket, request, size) != size) return 0;
    size_t have = 0;
    for (;;) {
        ssize_t n = read(w->socket, w->answer + have, sizeof w->answer - 1 - have);
        if (n <= 0) return 0;
        have += n;
        w->answer[have] = 0;
        char *end = strstr(w->answer, "\r\n\r\n"), *field = strcasestr(w->answer, "content-length:");
        if (end && field && field < end && have >= (size_t)(end + 4 - w->answer) + strtoul(field + 15, 0, 10)) return atoi(w->answer + 9);
    }
}

static void *work(void *argument) {
    Worker *w = argument;
    double step = connections / (2 * rate), due = w->number / (2 * rate);
    long limit = (long)(seconds * rate * 2 / connections) + 2;
    w->latencies = calloc(limit, sizeof(double));
    w->socket = open_socket();
    char place[256], cancel[256];
    snprintf(place, sizeof place, "symbol=%s&side=BUY&type=LIMIT&timeInForce=GTC&quantity=%s&price=%s&newOrderRespType=ACK", symbol, quantity, price);
    for (int isCancel = 0; due < seconds && w->sent < limit; due += step, isCancel = !isCancel) {
        wait_until(due);
        int status = ask(w, isCancel ? "DELETE" : "POST", isCancel ? cancel : place);
        w->latencies[w->sent++] = since(&start) - due;
        char *id = strstr(w->answer, "\"orderId\":");
        if (status != 200 || !id) {
            if (!w->failed++) fprintf(stderr, "unexpected answer (%d): %.400s\n", status, w->answer);
            if (!status) break;
            isCancel = 1; /* the next one places again */
            continue;
        }
        snprintf(cancel, sizeof cancel, "symbol=%s&orderId=%lld", symbol, atoll(id + 10));
    }
    /* An order still open is taken back, so that the balances end where they began. */
    if (w->sent % 2) ask(w, "DELETE", cancel);
    close(w->socket);
    return 0;
}

static int ascending(const void *a, const void *b) { double x = *(double *)a, y = *(double *)b; return (x > y) - (x < y); }

int main(int count, char **arguments) {
    if (count != 10) { fprintf(stderr, "usage: load PORT KEY SECRET SECONDS PAIRS_PER_SECOND CONNECTIONS SYMBOL QUANTITY PRICE\n"); return 64; }
    port = atoi(arguments[1]); key = arguments[2]; secret = arguments[3]; seconds = atof(arguments[4]); rate = atof(arguments[5]);
    connections = atoi(arguments[6]); symbol = arguments[7]; quantity = arguments[8]; price = arguments[9];
    if (seconds > 60 || rate > 20000 || connections < 1 || connections > 64) { fprintf(stderr, "at most 60 s, 20000 pairs a second and 64 connections\n"); return 64; }
    Worker *workers = calloc(connections, sizeof(Worker));
    pthread_t threads[64];
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < connections; i++) { workers[i].number = i; pthread_create(&threads[i], 0, work, &workers[i]); }
    long sent = 0, failed = 0;
    for (int i = 0; i < connections; i++) { pthread_join(threads[i], 0); sent += workers[i].sent; failed += workers[i].failed; }
    double took = since(&start), *all = calloc(sent + 1, sizeof(double));
    long k = 0;
    for (int i = 0; i < connections; i++) for (long j = 0; j < workers[i].sent; j++) all[k++] = workers[i].latencies[j];
    qsort(all, sent, sizeof(double), ascending);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("{\"requests\":%ld,\"failed\":%ld,\"per_second\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"max_ms\":%.3f,\"client_cpu_s\":%.2f}\n", sent, failed, sent / took,
           all[sent / 2] * 1e3, all[sent * 99 / 100] * 1e3, all[sent * 999 / 1000] * 1e3, all[sent - 1] * 1e3,
           used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6);
    return failed ? 1 : 0;
}
