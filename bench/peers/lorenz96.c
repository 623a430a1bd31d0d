/* Two-scale Lorenz-96, K = 8, J = 32: 200,000 steps of RK4, every tenth kept. The initial state comes in a file, X before Y. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { K = 8, J = 32, N = K * J, SAMPLES = 20001, STEPS = 10, CALLS = 6 };
static const double F = 18, h = 1, b = 10, c = 10, dt = 0.001;

typedef struct { double x[K], y[N]; } State;

static void tendency(const State *at, State *rate, double *coupling) {
  const double *x = at->x, *y = at->y, scale = h * c / b, advection = -c * b;
  for (int k = 0; k < K; k++) {
    double sum = 0;
    for (int j = 0; j < J; j++) sum += y[k * J + j];
    coupling[k] = -scale * sum;
    rate->x[k] = x[(k + K - 1) % K] * (x[(k + 1) % K] - x[(k + K - 2) % K]) - x[k] + F + coupling[k];
  }
  rate->y[0] = advection * y[1] * (y[2] - y[N - 1]) - c * y[0] + scale * x[0];
  for (int i = 1; i < N - 2; i++) rate->y[i] = advection * y[i + 1] * (y[i + 2] - y[i - 1]) - c * y[i] + scale * x[i / J];
  rate->y[N - 2] = advection * y[N - 1] * (y[0] - y[N - 3]) - c * y[N - 2] + scale * x[K - 1];
  rate->y[N - 1] = advection * y[0] * (y[1] - y[N - 2]) - c * y[N - 1] + scale * x[K - 1];
}

static void moved(const State *from, const State *rate, double by, State *to) {
  for (int k = 0; k < K; k++) to->x[k] = from->x[k] + by * rate->x[k];
  for (int i = 0; i < N; i++) to->y[i] = from->y[i] + by * rate->y[i];
}

static void step(State *state, double *coupling) {
  State middle, r1, r2, r3, r4;
  double unused[K];
  tendency(state, &r1, coupling);
  moved(state, &r1, 0.5 * dt, &middle);
  tendency(&middle, &r2, unused);
  moved(state, &r2, 0.5 * dt, &middle);
  tendency(&middle, &r3, unused);
  moved(state, &r3, dt, &middle);
  tendency(&middle, &r4, unused);
  for (int k = 0; k < K; k++) state->x[k] += dt / 6 * ((r1.x[k] + r4.x[k]) + 2 * (r2.x[k] + r3.x[k]));
  for (int i = 0; i < N; i++) state->y[i] += dt / 6 * ((r1.y[i] + r4.y[i]) + 2 * (r2.y[i] + r3.y[i]));
}

static double milliseconds(const State *initial) {
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  State *kept = malloc(SAMPLES * sizeof(State)), state = *initial;
  double *couplings = calloc(SAMPLES * K, sizeof(double));
  kept[0] = state;
  for (int sample = 1; sample < SAMPLES; sample++) {
    for (int i = 0; i < STEPS; i++) step(&state, couplings + sample * K);
    kept[sample] = state;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  volatile double last = kept[SAMPLES - 1].x[0];
  (void)last;
  free(kept);
  free(couplings);
  return (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6;
}

static int ascending(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv) {
  State initial;
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!file || fread(&initial, sizeof initial, 1, file) != 1) return 1;
  double first = milliseconds(&initial), times[CALLS - 1];
  for (int call = 0; call < CALLS - 1; call++) times[call] = milliseconds(&initial);
  qsort(times, CALLS - 1, sizeof(double), ascending);
  printf("{\"job\": \"lorenz96\", \"how\": \"gcc -O3\", \"first\": %f, \"steady\": %f}\n", first, times[(CALLS - 1) / 2]);
  return 0;
}
