// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_instance.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "viewer/slide/formats/dicom/dicom_attributes.h"

namespace geneglass {
namespace {

constexpr int64_t kMostTilePixels = 1 << 26;
constexpr int64_t kMostTiles = 1 << 28;

struct Syntax {
  std::string_view uid;
  DicomCoding coding;
};
constexpr std::array kSyntaxes{
    Syntax{"1.2.840.10008.1.2", DicomCoding::Raw},
    Syntax{"1.2.840.10008.1.2.1", DicomCoding::Raw},
    Syntax{"1.2.840.10008.1.2.5", DicomCoding::RunLengths},
    Syntax{"1.2.840.10008.1.2.4.50", DicomCoding::Jpeg},
    Syntax{"1.2.840.10008.1.2.4.51", DicomCoding::Jpeg},
    Syntax{"1.2.840.10008.1.2.4.90", DicomCoding::Jpeg2000},
    Syntax{"1.2.840.10008.1.2.4.91", DicomCoding::Jpeg2000},
};

std::string textOf(DcmItem& item, const DcmTagKey& tag, unsigned long position = 0) {
  OFString text;
  if (item.findAndGetOFString(tag, text, position).bad()) return {};
  return {text.c_str(), text.size()};
}

/// Of any of the integer representations; `otherwise` where there is none.
int64_t wholeOf(DcmItem& item, const DcmTagKey& tag, int64_t otherwise) {
  Uint16 small = 0;
  if (item.findAndGetUint16(tag, small).good()) return small;
  Uint32 large = 0;
  if (item.findAndGetUint32(tag, large).good()) return large;
  Sint32 text = 0;
  return item.findAndGetSint32(tag, text).good() ? text : otherwise;
}

std::optional<double> positiveOf(DcmItem& item, const DcmTagKey& tag, unsigned long position = 0) {
  Float64 number = 0;
  Float32 single = 0;
  if (item.findAndGetFloat64(tag, number, position).bad()) {
    if (item.findAndGetFloat32(tag, single, position).bad()) return {};
    number = static_cast<Float64>(single);
  }
  return std::isfinite(number) && number > 0 ? std::optional(number) : std::nullopt;
}

/// The first item of a sequence; null where there is none.
DcmItem* itemOf(DcmItem* item, const DcmTagKey& tag) {
  DcmItem* found = nullptr;
  return item && item->findAndGetSequenceItem(tag, found, 0).good() ? found : nullptr;
}

DicomFlavour flavourOf(DcmItem& attributes) {
  const std::string word = textOf(attributes, DCM_ImageType, 2);
  if (word.empty() || word == "VOLUME") return DicomFlavour::Volume;
  if (word == "LABEL") return DicomFlavour::Label;
  if (word == "OVERVIEW" || word == "LOCALIZER") return DicomFlavour::Overview;
  return word == "THUMBNAIL" ? DicomFlavour::Thumbnail : DicomFlavour::Other;
}

/// Pixel Measures count; the size of the imaged volume only where its pixels come out square, since writers
/// without a better word fill in any.
std::optional<Mpp> spacingOf(DcmItem& attributes, Size size) {
  constexpr double kMicrometres = 1000;  // in a millimetre
  if (DcmItem* measures =
          itemOf(itemOf(&attributes, DCM_SharedFunctionalGroupsSequence), DCM_PixelMeasuresSequence)) {
    const auto rows = positiveOf(*measures, DCM_PixelSpacing, 0);
    const auto columns = positiveOf(*measures, DCM_PixelSpacing, 1);
    if (rows && columns) return Mpp{*columns * kMicrometres, *rows * kMicrometres};
  }
  const auto width = positiveOf(attributes, DCM_ImagedVolumeWidth);
  const auto height = positiveOf(attributes, DCM_ImagedVolumeHeight);
  if (!width || !height) return {};
  const Mpp mpp{*width * kMicrometres / static_cast<double>(size.width),
                *height * kMicrometres / static_cast<double>(size.height)};
  return std::abs(mpp.x / mpp.y - 1) < 0.01 ? std::optional(mpp) : std::nullopt;
}

std::vector<uint8_t> profileOf(DcmItem& attributes) {
  for (DcmItem* place : {itemOf(&attributes, DCM_OpticalPathSequence), static_cast<DcmItem*>(&attributes)}) {
    const Uint8* bytes = nullptr;
    unsigned long count = 0;
    if (place && place->findAndGetUint8Array(DCM_ICCProfile, bytes, &count).good() && bytes && count > 0)
      return {bytes, bytes + count};
  }
  return {};
}

DicomConcatenation concatenationOf(DcmItem& attributes) {
  DicomConcatenation own;
  own.uid = textOf(attributes, DCM_ConcatenationUID);
  if (own.uid.empty()) return own;
  own.number = wholeOf(attributes, DCM_InConcatenationNumber, 1);
  own.count = wholeOf(attributes, DCM_InConcatenationTotalNumber, 0);
  own.firstFrame = wholeOf(attributes, DCM_ConcatenationFrameOffsetNumber, 0);
  return own;
}

/// Empty, or why its pixels are not read.
std::string addCoding(DicomInstance& instance, DcmItem& attributes, const std::string& syntax) {
  const auto known = std::ranges::find(kSyntaxes, std::string_view(syntax), &Syntax::uid);
  if (known == kSyntaxes.end())
    return fmt::format("its pixels are compressed in a way that is not read ({})", dicomClassName(syntax));
  instance.coding = known->coding;
  const std::string colours = textOf(attributes, DCM_PhotometricInterpretation);
  const int64_t samples = wholeOf(attributes, DCM_SamplesPerPixel, 0);
  const int64_t bits = wholeOf(attributes, DCM_BitsAllocated, 0);
  if (samples == 1)
    return fmt::format("its pixels are of one channel ({}), as fluorescence has them, not of three colours",
                       colours);
  if (samples != 3) return fmt::format("its pixels have {} samples, not 3", samples);
  if (bits != 8) return fmt::format("its samples have {} bits, not 8", bits);
  instance.planar = wholeOf(attributes, DCM_PlanarConfiguration, 0) == 1;
  const bool isCoded = instance.coding == DicomCoding::Jpeg || instance.coding == DicomCoding::Jpeg2000;
  if (colours == "RGB")
    instance.colour = DicomColour::Rgb;
  else if (isCoded && colours.starts_with("YBR_"))
    instance.colour = DicomColour::YCbCr;
  else
    return fmt::format("its colours are '{}', which is not read", colours);
  return {};
}

/// Empty, or what about its sizes no image can have.
std::string addSizes(DicomInstance& instance, DcmItem& attributes) {
  instance.tile = {wholeOf(attributes, DCM_Columns, 0), wholeOf(attributes, DCM_Rows, 0)};
  instance.frames = wholeOf(attributes, DCM_NumberOfFrames, 1);
  instance.size = {wholeOf(attributes, DCM_TotalPixelMatrixColumns, 0),
                   wholeOf(attributes, DCM_TotalPixelMatrixRows, 0)};
  const auto& [size, tile] = std::pair(instance.size, instance.tile);
  if (tile.width < 1 || tile.height < 1) return "its frames have no pixels";
  if (size.width < 1 || size.height < 1) return "it does not say how many pixels it has";
  if (tile.width > kMostTilePixels / tile.height)
    return fmt::format("a frame of {} x {} pixels does not fit into memory", tile.width, tile.height);
  const int64_t columns = (size.width - 1) / tile.width + 1;
  const int64_t rows = (size.height - 1) / tile.height + 1;
  if (columns > kMostTiles / rows)
    return fmt::format("{} x {} frames are more than any slide's", columns, rows);
  if (instance.frames < 1 || static_cast<uint64_t>(instance.frames) > instance.file->size())
    return fmt::format("{} frames cannot lie in a file of {} bytes", instance.frames, instance.file->size());
  return {};
}

}  // namespace

std::string dicomClassName(const std::string& uid) {
  const char* name = dcmFindNameOfUID(uid.c_str());
  return name ? name : uid;
}

Result<DicomInstance> readDicomInstance(const std::filesystem::path& path,
                                        std::shared_ptr<const PositionedFile> file,
                                        const DicomIdentity& identity) {
  Result<DicomOutline> outline = outlineOf(*file, identity);
  if (!outline) return tl::unexpected(outline.error());
  const Result<std::unique_ptr<DcmDataset>> parsed = dicomAttributes(*outline);
  if (!parsed) return tl::unexpected(parsed.error());
  DcmDataset& attributes = **parsed;
  DicomInstance instance;
  instance.path = path;
  instance.file = std::move(file);
  instance.outline = std::move(*outline);
  instance.outline.attributes = {};
  instance.uid = textOf(attributes, DCM_SOPInstanceUID);
  instance.series = identity.series;
  instance.pyramid = textOf(attributes, DCM_PyramidUID);
  instance.maker = textOf(attributes, DCM_Manufacturer);
  instance.number = wholeOf(attributes, DCM_InstanceNumber, 0);
  instance.flavour = flavourOf(attributes);
  instance.concatenation = concatenationOf(attributes);
  for (std::string reason :
       {addCoding(instance, attributes, identity.transferSyntax), addSizes(instance, attributes)})
    if (!reason.empty()) return fail(std::move(reason));
  instance.organization = textOf(attributes, DCM_DimensionOrganizationType);
  instance.focalPlanes = wholeOf(attributes, DCM_TotalPixelMatrixFocalPlanes, 1);
  instance.opticalPaths = wholeOf(attributes, DCM_NumberOfOpticalPaths, 1);
  instance.spacing = spacingOf(attributes, instance.size);
  if (DcmItem* lens = itemOf(&attributes, DCM_OpticalPathSequence))
    instance.objectivePower = positiveOf(*lens, DCM_ObjectiveLensPower);
  instance.colourProfile = profileOf(attributes);
  return instance;
}

}  // namespace geneglass
