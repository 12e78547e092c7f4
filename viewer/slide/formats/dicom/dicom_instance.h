// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/formats/dicom/dicom_outline.h"
#include "viewer/slide/formats/tiff/positioned_file.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// The third word of Image Type.
enum class DicomFlavour { Volume, Label, Overview, Thumbnail, Other };

/// How the samples of a frame are coded.
enum class DicomCoding { Raw, RunLengths, Jpeg, Jpeg2000 };

/// What Photometric Interpretation makes of three samples.
enum class DicomColour { Rgb, YCbCr };

/// Of a larger object that was cut into several files.
struct DicomConcatenation {
  std::string uid;  ///< empty: the instance is whole
  int64_t number = 1;
  int64_t count = 0;  ///< of parts; 0: not said
  int64_t firstFrame = 0;
};

/// One file of a whole-slide series: its attributes, checked. Constant; any thread.
struct DicomInstance {
  std::filesystem::path path;
  std::shared_ptr<const PositionedFile> file;
  DicomOutline outline;
  std::string uid;
  std::string series;
  std::string pyramid;  ///< Pyramid UID; empty where none is said
  std::string maker;
  int64_t number = 0;  ///< Instance Number
  DicomFlavour flavour = DicomFlavour::Volume;
  DicomConcatenation concatenation;
  DicomCoding coding = DicomCoding::Raw;
  DicomColour colour = DicomColour::Rgb;
  bool planar = false;         ///< raw: all red samples, then all green, then all blue
  Size size;                   ///< of the total pixel matrix
  Size tile;                   ///< of a frame
  int64_t frames = 0;          ///< as said: not more than the file has bytes
  std::string organization;    ///< Dimension Organization Type: "TILED_FULL", "TILED_SPARSE" or nothing
  int64_t focalPlanes = 1;     ///< as said; 1 where nothing is
  int64_t opticalPaths = 1;    ///< as said
  std::optional<Mpp> spacing;  ///< micrometres per pixel of this instance
  std::optional<double> objectivePower;
  std::vector<uint8_t> colourProfile;
};

/// Reads the attributes of a file that is a whole-slide image by its identity. Errors: a reason without the
/// file's name.
Result<DicomInstance> readDicomInstance(const std::filesystem::path& path,
                                        std::shared_ptr<const PositionedFile> file,
                                        const DicomIdentity& identity);

/// "CT Image Storage" of a SOP Class UID; the UID where its name is not known.
std::string dicomClassName(const std::string& uid);

}  // namespace geneglass
