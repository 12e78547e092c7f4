// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/exchange/ome_maps.h"

#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

#include "inference/exchange/maps_rows.h"
#include "inference/prediction/map_values.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/files/tiff_part_file.h"

namespace geneglass {
namespace {

constexpr double kBigBytes = 3.5e9;  ///< pixels of more do not surely fit into 32-bit places
constexpr size_t kStripBytes = 1 << 18;

std::string xmlText(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '&' || letter == '<' || letter == '>' || letter == '"')
      safe += fmt::format("&#{};", int(letter));
    else if (uint8_t(letter) >= 0x80 || uint8_t(letter) < 0x20)  // may be no valid UTF-8
      safe += '?';
    else
      safe += letter;
  }
  return safe;
}

/// What the channels are, in their order.
struct OmeChannels {
  std::vector<size_t> genes;
  const SlideCall* call = nullptr;  ///< the last channel is its evidence

  explicit OmeChannels(const Prediction& prediction) {
    for (size_t gene = 0; gene < prediction.genes.size(); ++gene)
      if (prediction.genes[gene].wellPredicted) genes.push_back(gene);
    const SlideCall* diagnosis = diagnosisOf(prediction);
    if (diagnosis && diagnosis->evidence.size() == prediction.grid.count()) call = diagnosis;
  }
  size_t count() const { return genes.size() + (call ? 1 : 0); }
  std::string nameOf(size_t channel, const Prediction& prediction) const {
    if (channel < genes.size()) return prediction.genes[genes[channel]].symbol + " expression";
    return call->facts.positive().name + " evidence";
  }
};

class OmeMapsWriter final {
 public:
  OmeMapsWriter(PartFile& file, const Prediction& prediction, const OmeChannels& channels)
      : m_file(file),
        m_stream(file),
        m_prediction(prediction),
        m_grid(prediction.grid),
        m_channels(channels) {
    const double bytes = 4.0 * m_grid.columns * m_grid.rows * double(channels.count());
    m_tiff = m_stream.open(bytes > kBigBytes ? "w8" : "w");
    need(m_tiff);
  }
  ~OmeMapsWriter() {
    if (m_tiff) TIFFCleanup(m_tiff);
  }
  OmeMapsWriter(const OmeMapsWriter&) = delete;
  OmeMapsWriter& operator=(const OmeMapsWriter&) = delete;

  /// `values`: one a tile. Channels in their order.
  void add(std::span<const float> values) {
    if (!m_tiff) return;
    setFacts();
    std::vector<float> pixels(size_t(m_grid.columns) * size_t(m_grid.rows),
                              std::numeric_limits<float>::quiet_NaN());
    const std::vector<float> shown = valuesOnMap(m_grid, values);
    for (size_t cell = 0; cell < shown.size(); ++cell) {
      const auto [column, row] = m_grid.mapCells()[cell];
      pixels[size_t(row) * size_t(m_grid.columns) + size_t(column)] = shown[cell];
    }
    const size_t stripPixels = size_t(stripRows()) * size_t(m_grid.columns);
    uint32_t strip = 0;
    for (size_t begin = 0; begin < pixels.size(); begin += stripPixels, ++strip) {
      const size_t count = std::min(stripPixels, pixels.size() - begin);
      need(TIFFWriteEncodedStrip(m_tiff, strip, pixels.data() + begin, tmsize_t(count * sizeof(float))) >= 0);
    }
    need(TIFFWriteDirectory(m_tiff) == 1);
    ++m_written;
  }

 private:
  /// The disk's failures are the file's to tell.
  void need(bool done) const {
    if (!done && m_file.state())
      throw std::runtime_error(m_stream.reason().empty() ? "libtiff gave up" : m_stream.reason());
  }

  int stripRows() const {
    return int(std::clamp<size_t>(kStripBytes / (4 * size_t(m_grid.columns)), 1, size_t(m_grid.rows)));
  }

  void setFacts() {
    const auto set = [this](auto tag, auto... values) { TIFFSetField(m_tiff, tag, values...); };
    set(TIFFTAG_IMAGEWIDTH, uint32_t(m_grid.columns));
    set(TIFFTAG_IMAGELENGTH, uint32_t(m_grid.rows));
    set(TIFFTAG_BITSPERSAMPLE, 32);
    set(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
    set(TIFFTAG_SAMPLESPERPIXEL, 1);
    set(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    set(TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    set(TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    set(TIFFTAG_ROWSPERSTRIP, uint32_t(stripRows()));
    if (m_written == 0) set(TIFFTAG_IMAGEDESCRIPTION, description().c_str());
    if (!(m_prediction.mpp > 0)) return;
    set(TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
    set(TIFFTAG_XRESOLUTION, 10000 / (m_grid.stride * m_prediction.mpp));
    set(TIFFTAG_YRESOLUTION, 10000 / (m_grid.stride * m_prediction.mpp));
    const Point begin = m_grid.onMap(0, 0);
    if (begin.x < 0 || begin.y < 0) return;  // which these tags cannot say
    set(TIFFTAG_XPOSITION, begin.x * m_prediction.mpp / 10000);
    set(TIFFTAG_YPOSITION, begin.y * m_prediction.mpp / 10000);
  }

  std::string description() const {
    const size_t count = m_channels.count();
    std::string text = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        "<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:schemaLocation=\"http://www.openmicroscopy.org/Schemas/OME/2016-06 "
        "http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd\" Creator=\"Geneglass\">"
        "<Image ID=\"Image:0\" Name=\"{}\"><Description>{} {}, slide {} ({}), research use only, not for "
        "diagnosis</Description><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"float\" "
        "BigEndian=\"false\" SizeX=\"{}\" SizeY=\"{}\" SizeZ=\"1\" SizeC=\"{}\" SizeT=\"1\"",
        xmlText(std::filesystem::path(m_prediction.slideFile).filename().string()),
        xmlText(m_prediction.modelName), xmlText(m_prediction.modelVersion), xmlText(m_prediction.slideFile),
        m_prediction.slideHash, m_grid.columns, m_grid.rows, count);
    const double mpp = m_prediction.mpp, side = m_grid.stride * mpp;
    if (mpp > 0)
      text += fmt::format(
          " PhysicalSizeX=\"{0}\" PhysicalSizeXUnit=\"&#181;m\" PhysicalSizeY=\"{0}\" "
          "PhysicalSizeYUnit=\"&#181;m\"",
          side);
    text += '>';
    for (size_t i = 0; i < count; ++i)
      text += fmt::format("<Channel ID=\"Channel:0:{}\" Name=\"{}\" SamplesPerPixel=\"1\"/>", i,
                          xmlText(m_channels.nameOf(i, m_prediction)));
    for (size_t i = 0; i < count; ++i)
      text +=
          fmt::format("<TiffData IFD=\"{0}\" FirstC=\"{0}\" FirstZ=\"0\" FirstT=\"0\" PlaneCount=\"1\"/>", i);
    const Point begin = m_grid.onMap(0, 0);
    for (size_t i = 0; i < count && mpp > 0; ++i)
      text += fmt::format(
          "<Plane TheC=\"{}\" TheZ=\"0\" TheT=\"0\" PositionX=\"{}\" PositionXUnit=\"&#181;m\" "
          "PositionY=\"{}\" PositionYUnit=\"&#181;m\"/>",
          i, begin.x * mpp, begin.y * mpp);
    return text + "</Pixels></Image></OME>";
  }

  PartFile& m_file;
  TiffPartFile m_stream;
  const Prediction& m_prediction;
  const TileGrid& m_grid;
  const OmeChannels& m_channels;
  TIFF* m_tiff = nullptr;
  size_t m_written = 0;
};

}  // namespace

Result<void> writeOmeMaps(const std::filesystem::path& file, const Prediction& prediction,
                          const std::filesystem::path& maps) {
  const auto unwritable = [&](const std::string& why) {
    return fail(fmt::format("Cannot write '{}': {}.", file.string(), why));
  };
  const OmeChannels channels(prediction);
  if (channels.count() == 0 || prediction.grid.count() == 0)
    return unwritable("there is no map that may be shown, since the model predicts none of its genes well");
  PartFile part(file);
  try {
    OmeMapsWriter writer(part, prediction, channels);
    if (!channels.genes.empty()) {
      const Hdf5Access access;
      const MapsRows expression(maps, "expression");
      std::vector<float> row(prediction.grid.count());
      for (const size_t gene : channels.genes) {
        if (!part.state()) break;
        expression.read(gene, 1, row);
        writer.add(row);
      }
    }
    if (channels.call) writer.add(channels.call->evidence);
  } catch (const H5::Exception& error) {
    return unwritable(fmt::format("'{}' cannot be read: {}", maps.string(), error.getDetailMsg()));
  } catch (const std::exception& error) {
    return unwritable(reasonOf(error));
  }
  return part.finish();
}

}  // namespace geneglass
