// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/row_check.h"

#include <boost/crc.hpp>

namespace geneglass {

int32_t rowCheck(TileState state, std::span<const int32_t> corner, std::span<const float> features) {
  boost::crc_32_type crc;
  crc.process_byte(static_cast<unsigned char>(state));
  crc.process_bytes(corner.data(), corner.size_bytes());
  crc.process_bytes(features.data(), features.size_bytes());
  return static_cast<int32_t>(crc.checksum());
}

int32_t textCheck(std::string_view text) {
  boost::crc_32_type crc;
  crc.process_bytes(text.data(), text.size());
  return static_cast<int32_t>(crc.checksum());
}

}  // namespace geneglass
