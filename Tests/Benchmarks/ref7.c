/* The floor of W7: the rule of config/strategies/bench-w7.yaml in one pass, its windows summed in whole cents. A mean and a
   variance are each rounded once, so where a close equals its mean it is equal here, too.
   Build: gcc -O2 ref7.c -o ref7 -lm; usage: ref7 [--trades FILE] CANDLES.bin, rows of six doubles: time, open, high, low,
   close, volume, prices with two decimals at most.
   A signal is judged at a close; the entry is the next open, 10 % of equity, a fee of 0.1 % a fill. Exits are looked for from
   the entry's candle on, the stop first, leaps filled at the open: stop -3 %; rungs +3 % (33 %), +5 % (33 %), +8 % (rest);
   after the first the stop trails the highest price by 2 %, from the next candle on. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 20 };
typedef struct { double time, open, high, low, close, volume; } Candle;
typedef struct { int64_t cents[N], sum, squares; double mean, upper; long seen; } Window;

static void take(Window *w, double close) {
    int64_t new = llround(close * 100), old = w->cents[w->seen % N];
    w->cents[w->seen % N] = new;
    w->sum += new - old;
    w->squares += new * new - old * old;
    w->seen++;
    if (w->seen < N) return;
    w->mean = (double)w->sum / (N * 100.0);
    w->upper = w->mean + 2 * sqrt((double)(N * w->squares - w->sum * w->sum) / (N * N * 10000.0));
}

static double processor(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int count, char **arguments) {
    const char *list = NULL, *file = NULL;
    for (int i = 1; i < count; i++) {
        if (!strcmp(arguments[i], "--trades")) list = arguments[++i]; else file = arguments[i];
    }
    FILE *in = file ? fopen(file, "rb") : NULL, *out = list ? fopen(list, "w") : NULL;
    if (!in) { fprintf(stderr, "no candles\n"); return 66; }
    fseek(in, 0, SEEK_END);
    long size = ftell(in), rows = size / (long)sizeof(Candle);
    rewind(in);
    Candle *candles = malloc(size);
    if (!candles || fread(candles, 1, size, in) != (size_t)size) return 74;

    double start = processor();
    static const double gain[3] = {1.03, 1.05, 1.08}, share[3] = {0.33, 0.33, 0.34};
    const double fee = 0.001;
    Window window = {0};
    double cash = 10000, entry = 0, quantity = 0, whole = 0, stop = 0, high = 0, cost = 0, since = 0;
    int open = 0, waits = 0, rung = 0, below = 0;
    long trades = 0, signals = 0;
    for (long row = 0; row < rows; row++) {
        const Candle *c = &candles[row];
        if (waits) {
            waits = 0;
            open = 1;
            rung = 0;
            entry = high = c->open;
            whole = quantity = cost / c->open;
            cash -= cost * (1 + fee);
            stop = entry * 0.97;
            since = c->time;
        }
        if (open) {
            int why = 0;
            double price = 0;
            if (c->low <= stop) {
                price = c->open < stop ? c->open : stop;
                cash += quantity * price * (1 - fee);
                why = 1;
            } else {
                while (rung < 3 && c->high >= entry * gain[rung]) {
                    double target = entry * gain[rung], sold = rung == 2 ? quantity : whole * share[rung];
                    price = c->open > target ? c->open : target;
                    cash += sold * price * (1 - fee);
                    quantity -= sold;
                    rung++;
                }
                if (rung == 3) why = 2;
                if (c->high > high) high = c->high;
                if (rung > 0 && high * 0.98 > stop) stop = high * 0.98;
            }
            if (!why && row == rows - 1) {
                price = c->close;
                cash += quantity * price * (1 - fee);
                why = 3;
            }
            if (why) {
                open = 0;
                trades++;
                if (out) fprintf(out, "0,%.0f,%.2f,%.0f,%.2f,%d,%d\n", since, entry, c->time, price, why % 3, rung);
            }
        }
        take(&window, c->close);
        if (window.seen < N) continue;
        int above = c->close > window.mean;
        if (above && below && c->close < window.upper) {
            signals++;
            if (row < rows - 1 && !open && !waits) {
                waits = 1;
                cost = 0.10 * cash;
            }
        }
        below = !above;
    }
    printf("RESULT {\"run_cpu_s\":%.6f,\"bars\":%ld,\"trades\":%ld,\"signals\":%ld,\"final_equity\":%.2f}\n", processor() - start, rows, trades, signals, cash);
    return 0;
}
