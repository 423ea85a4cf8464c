/* A wall clock that is told: preloaded into the program, it answers every question for the time of day with
 * TOLD_SECONDS (frozen) or with the real time plus TOLD_SHIFT seconds. The monotonic clocks stay the machine's. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static struct timespec told(void) {
    struct timespec now;
    const char *frozen = getenv("TOLD_SECONDS"), *shift = getenv("TOLD_SHIFT");
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
    if (shift) now.tv_sec += atoll(shift);
    if (frozen) { now.tv_sec = atoll(frozen); now.tv_nsec = 0; }
    return now;
}

int clock_gettime(clockid_t clock, struct timespec *answer) {
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) return (int)syscall(SYS_clock_gettime, clock, answer);
    *answer = told();
    return 0;
}

int gettimeofday(struct timeval *answer, void *zone) {
    (void)zone;
    struct timespec now = told();
    answer->tv_sec = now.tv_sec;
    answer->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *answer) {
    time_t now = told().tv_sec;
    if (answer) *answer = now;
    return now;
}
