// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include <jpeglib.h>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/dicom/dcmtk_frames.h"
#include "tests/viewer/slide/formats/dicom/made_dicom.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::dicom_jpeg_loss_test {

using namespace geneglass::testing;

namespace {

using Colours = std::vector<std::array<double, 3>>;  ///< red, green, blue of each pixel, 0..255, row by row

/// The inverse transform of one block in real numbers, by its definition (ISO 10918-1, A.3.3).
std::array<double, 64> inverseTransform(const std::array<double, 64>& coefficients) {
  const auto wave = [](int at, int frequency) {
    const double scale = frequency == 0 ? std::numbers::sqrt2 / 4 : 0.5;
    return scale * std::cos((2 * at + 1) * frequency * std::numbers::pi / 16);
  };
  std::array<double, 64> samples{};
  for (int i = 0; i < 64; ++i)
    for (int k = 0; k < 64; ++k)
      samples[size_t(i)] += coefficients[size_t(k)] * wave(i / 8, k / 8) * wave(i % 8, k % 8);
  return samples;
}

/// JFIF 1.02, clipped.
std::array<double, 3> rgbOf(const std::array<double, 3>& sample) {
  const double luma = sample[0], blue = sample[1] - 128, red = sample[2] - 128;
  std::array<double, 3> rgb{luma + 1.402 * red, luma - 0.344136286 * blue - 0.714136286 * red,
                            luma + 1.772 * blue};
  for (double& colour : rgb) colour = std::clamp(colour, 0.0, 255.0);
  return rgb;
}

/// What a JPEG of YCbCr without coarser chroma says, with no rounding anywhere: what an ideal decoder shows.
Colours ideally(const std::vector<uint8_t>& jpeg) {
  jpeg_decompress_struct info{};
  jpeg_error_mgr error{};
  info.err = jpeg_std_error(&error);
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, jpeg.data(), jpeg.size());
  jpeg_read_header(&info, TRUE);
  jvirt_barray_ptr* blocks = jpeg_read_coefficients(&info);
  const size_t width = info.image_width;
  Colours planes(width * info.image_height);
  for (size_t part = 0; part < 3; ++part)
    for (JDIMENSION row = 0; row < info.image_height / 8; ++row) {
      const auto line =
          info.mem->access_virt_barray(reinterpret_cast<j_common_ptr>(&info), blocks[part], row, 1, FALSE);
      for (JDIMENSION column = 0; column < width / 8; ++column) {
        std::array<double, 64> coefficients{};
        for (size_t i = 0; i < 64; ++i)
          coefficients[i] = line[0][column][i] * double(info.comp_info[part].quant_table->quantval[i]);
        const auto samples = inverseTransform(coefficients);
        for (size_t i = 0; i < 64; ++i)
          planes[(row * 8 + i / 8) * width + column * 8 + i % 8][part] = samples[i];
      }
    }
  jpeg_destroy_decompress(&info);
  for (auto& pixel : planes) {
    for (double& sample : pixel) sample += 128;
    pixel = rgbOf(pixel);
  }
  return planes;
}

double farthest(const Colours& from, const Colours& to) {
  double most = 0;
  for (size_t i = 0; i < from.size(); ++i)
    for (size_t k = 0; k < 3; ++k) most = std::max(most, std::abs(from[i][k] - to[i][k]));
  return most;
}

Colours coloursOf(const Image& image) {
  Colours colours;
  for (const uint32_t pixel : image.pixels)
    colours.push_back({double(redOf(pixel)), double(greenOf(pixel)), double(blueOf(pixel))});
  return colours;
}

/// One frame of DCMTK's.
Colours frameOf(const std::vector<uint8_t>& frames, size_t frame, size_t pixels) {
  Colours colours;
  for (size_t i = frame * pixels; i < (frame + 1) * pixels; ++i)
    colours.push_back({double(frames[3 * i]), double(frames[3 * i + 1]), double(frames[3 * i + 2])});
  return colours;
}

}  // namespace

/// What a series in JPEG loses is lost when it is encoded, not when it is shown.
class DicomJpegLossTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void ofYCbCrAnIdealDecoderIsAsFarFromTheSource();
  void everyFrameOfARealSlideIsWhatDcmtkMakesOfIt();

 private:
  const QTemporaryDir m_folder;
};

void DicomJpegLossTest::ofYCbCrAnIdealDecoderIsAsFarFromTheSource() {
  constexpr int kTile = 64;
  const DicomRecipe recipe{
      .coding = MadeCoding::Jpeg, .width = 4 * kTile, .height = 3 * kTile, .tile = kTile};
  const WrittenDicom made = madeDicom(recipe);
  const auto file = std::filesystem::path(m_folder.path().toStdString()) / "a.dcm";
  writeDicom(file, made);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const std::vector<uint8_t> dcmtk = framesByDcmtk(file);
  QCOMPARE(dcmtk.size(), size_t{3 * 12 * kTile * kTile});
  double ours = 0, ideals = 0, dcmtks = 0;
  for (int frame = 0; frame < 12; ++frame) {
    const auto tile = opened->source->read({0, frame % 4, frame / 4});
    QVERIFY(tile);
    Image source = Image::unset(kTile, kTile);
    for (int y = 0; y < kTile; ++y)
      for (int x = 0; x < kTile; ++x)
        source.at(x, y) = paintedAt(frame % 4 * kTile + x, frame / 4 * kTile + y);
    const Colours shown = coloursOf((*tile)->image), meant = coloursOf(source);
    const Colours ideal = ideally(made.frames[size_t(frame)]);
    const Colours peer = frameOf(dcmtk, size_t(frame), kTile * kTile);
    // Rounding a sample, and chroma's times 1.772.
    QVERIFY2(farthest(shown, ideal) < 2, qPrintable(QString::number(farthest(shown, ideal))));
    QVERIFY2(farthest(shown, peer) <= 1, qPrintable(QString::number(farthest(shown, peer))));
    ours = std::max(ours, farthest(shown, meant));
    ideals = std::max(ideals, farthest(ideal, meant));
    dcmtks = std::max(dcmtks, farthest(peer, meant));
  }
  std::printf("from the source: ours %.0f, DCMTK's %.0f, without any rounding %.2f of 255\n", ours, dcmtks,
              ideals);
  QVERIFY(ideals > 2);  // so no decoder comes within 2
  QVERIFY(ours <= std::ceil(ideals) && ours <= dcmtks);
}

/// DCMTK believes the attribute, which says RGB; the stream's JFIF marker and its coarser second and third
/// component say YCbCr, which DCMTK's samples therefore still are.
void DicomJpegLossTest::everyFrameOfARealSlideIsWhatDcmtkMakesOfIt() {
  GENEGLASS_NEED(file, "slides/unsupported-dicom-wsi.dcm");
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const Level& level = opened->slide->levels.front();
  const std::vector<uint8_t> dcmtk = framesByDcmtk(file);
  const auto pixels = static_cast<size_t>(level.tile.width * level.tile.height);
  QVERIFY(dcmtk.size() >= size_t(3) * pixels * size_t(level.columns() * level.rows()));
  double most = 0;
  for (int row = 0; row < level.rows(); ++row)
    for (int column = 0; column < level.columns(); ++column) {
      const auto tile = opened->source->read({0, column, row});
      QVERIFY(tile);
      const Image& image = (*tile)->image;
      const size_t frame = size_t(row) * size_t(level.columns()) + size_t(column);
      for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
          const uint8_t* at = &dcmtk[3 * (frame * pixels + size_t(y) * size_t(level.tile.width) + size_t(x))];
          const auto peer = rgbOf({double(at[0]), double(at[1]), double(at[2])});
          const uint32_t pixel = image.at(x, y);
          for (size_t k = 0; k < 3; ++k)
            most = std::max(most, std::abs(double(pixel >> (16 - 8 * k) & 0xff) - peer[k]));
        }
    }
  std::printf("from DCMTK's: %.2f of 255\n", most);
  QVERIFY2(most <= 1, qPrintable(QString::number(most)));
}

}  // namespace geneglass::dicom_jpeg_loss_test

GENEGLASS_TEST(geneglass::dicom_jpeg_loss_test::DicomJpegLossTest)
#include "dicom_jpeg_loss_test.moc"
