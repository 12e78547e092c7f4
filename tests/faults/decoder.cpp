// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>

#include "tests/faults/faults.h"

namespace faults {
namespace {

void endBadly(const char* function) {
  static const Schedule said = schedule("FAULTS_DECODER");
  static std::atomic<long> calls = 0;
  if (!said.set || said.words[0] != function || ++calls < said.number(2)) return;
  if (said.words[1] == "abort") std::abort();
  if (said.words[1] == "exit") std::exit(-1);
  if (said.words[1] == "segv") ::raise(SIGSEGV);
  while (said.words[1] == "loop") ::usleep(20'000);
  while (said.words[1] == "spin") (void)::getppid();
}

}  // namespace
}  // namespace faults

// Decoders' functions, whatever they take: up to six words, as the calling convention passes them.
#define FAULTS_DECODER_CALL(name)                                                           \
  extern "C" long name(long a, long b, long c, long d, long e, long f) {                    \
    faults::endBadly(#name);                                                                \
    return faults::next<long(long, long, long, long, long, long)>(#name)(a, b, c, d, e, f); \
  }

FAULTS_DECODER_CALL(openslide_open)
FAULTS_DECODER_CALL(openslide_read_region)
FAULTS_DECODER_CALL(jpeg_read_header)
FAULTS_DECODER_CALL(jpeg_start_decompress)
FAULTS_DECODER_CALL(TIFFClientOpen)
FAULTS_DECODER_CALL(TIFFReadEncodedTile)
FAULTS_DECODER_CALL(TIFFReadRGBATile)
FAULTS_DECODER_CALL(opj_read_header)
FAULTS_DECODER_CALL(opj_decode)
FAULTS_DECODER_CALL(WebPIAppend)
FAULTS_DECODER_CALL(png_read_row)
FAULTS_DECODER_CALL(H5Gopen2)
FAULTS_DECODER_CALL(H5Fcreate)
