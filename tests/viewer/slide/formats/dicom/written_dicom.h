// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace geneglass::testing {

/// What a whole-slide instance says, and its frames as they lie in the file. DCMTK writes it.
struct WrittenDicom {
  std::string objectClass = "1.2.840.10008.5.1.4.1.1.77.1.6";
  std::string syntax =
      "1.2.840.10008.1.2.4.50";  ///< transfer syntax; run lengths are encoded by DCMTK from raw
  std::string series = "1.2.3.4";
  std::string uid = "1.2.3.4.1";
  std::string pyramid = {};
  std::string flavour = "VOLUME";           ///< of Image Type; empty: none is said
  std::string organization = "TILED_FULL";  ///< empty: none is said
  std::string photometric = "YBR_FULL_422";
  int samples = 3;
  int number = 1;
  int width = 0;  ///< of the total pixel matrix
  int height = 0;
  int tileWidth = 0;
  int tileHeight = 0;
  std::string spacing = "0.0005\\0.0005";  ///< millimetres, rows and columns; empty: none is said
  bool spacingPerFrame = false;
  float volumeWidth = 0;  ///< millimetres; 0: none is said
  float volumeHeight = 0;
  std::string concatenation = {};  ///< its UID; empty: whole
  int part = 1;
  int parts = 1;
  int firstFrame = 0;
  std::vector<std::vector<uint8_t>> frames = {};
  std::vector<std::pair<int, int>> positions =
      {};  ///< of each frame, column and row of its first pixel from 1; may be empty
  std::vector<std::string> opticalPaths = {};  ///< of each frame; may be empty
  std::vector<uint8_t> colourProfile = {};
  unsigned fragmentKiB = 0;  ///< frames are cut into fragments of so much; 0: not
  bool basicTable = true;
  bool extendedTable = false;
  bool definedLengths = false;  ///< of sequences
};

/// Fails the program where DCMTK does.
void writeDicom(const std::filesystem::path& file, const WrittenDicom& instance);

}  // namespace geneglass::testing
