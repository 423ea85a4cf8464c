// measure [-r RUNS] PROGRAM ARGUMENTS: runs a program and prints the medians "wall_ms cpu_ms peak_kb" of its runs;
// its output is thrown away. measure --calibrate prints the CPU milliseconds of a fixed loop of integer and floating
// point work on this machine now, so that speeds taken in the same run compare between machines as ratios.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_runs = 101 };

static double milliseconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, ascending);
    return values[count / 2];
}

// 50 M steps of a xorshift generator (integers), each folded into a logistic map (floats): no memory, no libm.
static double calibrate(void) {
    double began = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    uint64_t bits = 0x9E3779B97F4A7C15u;
    double x = 0.3;
    for (int i = 0; i < 50000000; i++) {
        bits ^= bits << 13; bits ^= bits >> 7; bits ^= bits << 17;
        x = 3.9 * x * (1 - x) + (double)(bits & 1) * 1e-9;
        if (x >= 1) x = 0.5;
    }
    volatile double keep = x;
    (void)keep;
    return milliseconds(CLOCK_PROCESS_CPUTIME_ID) - began;
}

// One run; false where the program failed.
static int run(char **arguments, double *wall, double *cpu, double *peak) {
    double began = milliseconds(CLOCK_MONOTONIC);
    pid_t child = fork();
    if (child < 0) { perror("fork"); return 0; }
    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 0);
        dup2(nowhere, 1);
        execvp(arguments[0], arguments);
        perror(arguments[0]);
        _exit(127);
    }
    int status;
    struct rusage use;
    if (wait4(child, &status, 0, &use) < 0) { perror("wait4"); return 0; }
    *wall = milliseconds(CLOCK_MONOTONIC) - began;
    *cpu = (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e3 + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e3;
    *peak = (double)use.ru_maxrss;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 1;
    fprintf(stderr, "measure: %s ended with %d\n", arguments[0], WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "--calibrate") == 0) {
        double taken[5];
        for (int i = 0; i < 5; i++) taken[i] = calibrate();
        printf("%.1f\n", median(taken, 5));
        return 0;
    }
    int runs = 1, first = 1;
    if (count > 3 && strcmp(arguments[1], "-r") == 0) { runs = atoi(arguments[2]); first = 3; }
    if (first >= count || runs < 1 || runs > most_runs) { fprintf(stderr, "measure [-r RUNS] PROGRAM ARGUMENTS\n"); return 64; }
    double wall[most_runs], cpu[most_runs], peak[most_runs];
    for (int i = 0; i < runs; i++)
        if (!run(arguments + first, wall + i, cpu + i, peak + i)) return 1;
    printf("%.1f %.1f %.0f\n", median(wall, runs), median(cpu, runs), median(peak, runs));
    return 0;
}
