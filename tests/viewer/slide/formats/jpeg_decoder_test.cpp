// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/jpeg_decoder.h"

#include <QTest>
#include <cstdio>
#include <vector>

#include <jpeglib.h>

#include "tests/support/test_program.h"
#include "viewer/foundation/pixel.h"

namespace geneglass::jpeg_decoder_test {

namespace {

constexpr int kSide = 64;
constexpr int kRed = 200, kGreen = 90, kBlue = 150;

struct Markers {
  J_COLOR_SPACE stored = JCS_YCbCr;
  bool jfif = false;
  bool adobe = false;
};

/// One colour all over.
std::vector<uint8_t> stream(const Markers& markers) {
  jpeg_compress_struct info{};
  jpeg_error_mgr error{};
  info.err = jpeg_std_error(&error);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = info.image_height = kSide;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_colorspace(&info, markers.stored);
  jpeg_set_quality(&info, 95, TRUE);
  info.write_JFIF_header = markers.jfif;
  info.write_Adobe_marker = markers.adobe;
  jpeg_start_compress(&info, TRUE);
  std::vector<uint8_t> row;
  for (int x = 0; x < kSide; ++x) row.insert(row.end(), {kRed, kGreen, kBlue});
  JSAMPROW begin = row.data();
  for (int y = 0; y < kSide; ++y) jpeg_write_scanlines(&info, &begin, 1);
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::vector<uint8_t> made(bytes, bytes + size);
  std::free(bytes);
  return made;
}

bool hasTheColour(const Image& image) {
  const uint32_t pixel = image.at(kSide / 2, kSide / 2);
  const auto isNear = [](int is, int wanted) { return std::abs(is - wanted) <= 3; };
  return isNear(redOf(pixel), kRed) && isNear(greenOf(pixel), kGreen) && isNear(blueOf(pixel), kBlue);
}

}  // namespace

class JpegDecoderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theStreamsOwnWordBeatsTheTag_data();
  void theStreamsOwnWordBeatsTheTag();
};

void JpegDecoderTest::theStreamsOwnWordBeatsTheTag_data() {
  QTest::addColumn<int>("stored");
  QTest::addColumn<bool>("jfif");
  QTest::addColumn<bool>("adobe");
  QTest::addColumn<bool>("tagSaysRgb");
  QTest::addRow("QuPath: YCbCr by JFIF, the tag says RGB") << int(JCS_YCbCr) << true << false << true;
  QTest::addRow("YCbCr by Adobe, the tag says RGB") << int(JCS_YCbCr) << false << true << true;
  QTest::addRow("RGB by Adobe, the tag says YCbCr") << int(JCS_RGB) << false << true << false;
  QTest::addRow("RGB by Adobe and by the tag") << int(JCS_RGB) << false << true << true;
  QTest::addRow("without a marker the tag counts: RGB") << int(JCS_RGB) << false << false << true;
  QTest::addRow("without a marker the tag counts: YCbCr") << int(JCS_YCbCr) << false << false << false;
}

void JpegDecoderTest::theStreamsOwnWordBeatsTheTag() {
  QFETCH(int, stored);
  QFETCH(bool, jfif);
  QFETCH(bool, adobe);
  QFETCH(bool, tagSaysRgb);
  const std::vector<uint8_t> bytes = stream({static_cast<J_COLOR_SPACE>(stored), jfif, adobe});
  Image image = Image::unset(kSide, kSide);
  const JpegColour byTag = tagSaysRgb ? JpegColour::Rgb : JpegColour::YCbCr;
  QCOMPARE(decodeJpeg({bytes, {}, byTag, {kSide, kSide}, 1}, image), std::string());
  QVERIFY2(hasTheColour(image), qPrintable(QString::number(image.at(5, 5), 16)));
}

}  // namespace geneglass::jpeg_decoder_test

GENEGLASS_TEST(geneglass::jpeg_decoder_test::JpegDecoderTest)
#include "jpeg_decoder_test.moc"
