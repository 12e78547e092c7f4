// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/tiff_samples.h"

#include <tiff.h>

#include "viewer/foundation/pixel.h"
#include "viewer/slide/formats/pictures/plain_picture.h"

namespace geneglass {
namespace {

uint32_t sampleOf(const std::vector<uint8_t>& row, size_t index, unsigned bits) {
  if (bits == 8) return row[index];
  const size_t at = index * bits;
  return row[at / 8] >> (8 - bits - at % 8) & ((1u << bits) - 1);
}

/// A sample as a grey of 0..255, black to white.
uint32_t greyOf(uint32_t value, const TiffSamples& samples) {
  const uint32_t most = (1u << samples.bits) - 1;
  const uint32_t grey = value * 255 / most;
  return samples.photometric == PHOTOMETRIC_MINISWHITE ? 255 - grey : grey;
}

/// The usual case, in a plain loop.
void pixelsOfBytes(const std::vector<uint8_t>& row, size_t step, std::span<uint32_t> pixels) {
  const uint8_t* from = row.data();
  for (uint32_t& pixel : pixels) {
    pixel = opaque(from[0], from[1], from[2]);
    from += step;
  }
}

}  // namespace

void pixelsOfSamples(const TiffSamples& samples, std::span<const std::vector<uint8_t>> rows,
                     std::span<uint32_t> pixels) {
  if (samples.bits == 8 && samples.photometric == PHOTOMETRIC_RGB && !samples.apart && !samples.hasAlpha)
    return pixelsOfBytes(rows[0], samples.count, pixels);
  const auto sample = [&](size_t x, size_t index) {
    return samples.apart ? sampleOf(rows[index], x, samples.bits)
                         : sampleOf(rows[0], x * samples.count + index, samples.bits);
  };
  const auto colours = static_cast<size_t>(samples.colours());
  for (size_t x = 0; x < pixels.size(); ++x) {
    if (samples.photometric == PHOTOMETRIC_PALETTE) {
      pixels[x] = samples.palette[sample(x, 0)];
      continue;
    }
    const uint32_t red = greyOf(sample(x, 0), samples);
    const uint32_t green = colours == 3 ? greyOf(sample(x, 1), samples) : red;
    const uint32_t blue = colours == 3 ? greyOf(sample(x, 2), samples) : red;
    if (!samples.hasAlpha) {
      pixels[x] = opaque(red, green, blue);
      continue;
    }
    const uint32_t alpha = sample(x, colours) * 255 / ((1u << samples.bits) - 1);
    pixels[x] = samples.isMultiplied ? alpha << 24 | red << 16 | green << 8 | blue
                                     : premultiplied(red, green, blue, alpha);
  }
}

}  // namespace geneglass
