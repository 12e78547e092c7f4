// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/jpeg2000_head.h"

#include <QtTest>
#include <vector>

#include "tests/support/test_program.h"
#include "viewer/slide/formats/jpeg2000_decoder.h"

namespace geneglass::jpeg2000_head_test {
namespace {

struct Told {
  uint32_t right = 10768, bottom = 1520, left = 0, top = 0;
  uint32_t tileWidth = 16, tileHeight = 16, tileLeft = 0, tileTop = 0;
  uint16_t components = 3;
};

std::vector<uint8_t> headOf(const Told& told) {
  std::vector<uint8_t> bytes{0xff, 0x4f, 0xff, 0x51, 0, uint8_t(38 + 3 * told.components), 0, 0};
  for (const uint32_t number : {told.right, told.bottom, told.left, told.top, told.tileWidth, told.tileHeight,
                                told.tileLeft, told.tileTop})
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(uint8_t(number >> shift));
  bytes.push_back(uint8_t(told.components >> 8));
  bytes.push_back(uint8_t(told.components));
  for (int component = 0; component < told.components; ++component) bytes.insert(bytes.end(), {7, 1, 1});
  return bytes;
}

}  // namespace

class Jpeg2000HeadTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void itSaysSizeTilesAndComponents() {
    const auto head = readJpeg2000Head(headOf({.right = 110, .bottom = 60, .left = 10, .top = 20}));
    QVERIFY(head);
    QCOMPARE(head->width, int64_t(100));
    QCOMPARE(head->height, int64_t(40));
    QCOMPARE(head->tiles, int64_t(7 * 4));
    QCOMPARE(head->components, 3);
    QCOMPARE(head->refusal(), std::string());
  }

  void whatIsNoHeadIsNone() {
    const auto none = [](const Told& told) { return !readJpeg2000Head(headOf(told)); };
    QVERIFY(none({.right = 0}) && none({.left = 10768}) && none({.top = 2000}) && none({.tileWidth = 0}) &&
            none({.tileHeight = 0}) && none({.tileLeft = 1}));
    std::vector<uint8_t> bytes = headOf({});
    QVERIFY(!readJpeg2000Head(std::span(bytes).first(41)));
    bytes[3] = 0x52;
    QVERIFY(!readJpeg2000Head(bytes));
  }

  /// OpenJPEG would take 600 MB for these 51 bytes.
  void moreTilesThanMemoryIsGivenForAreRefused() {
    const std::vector<uint8_t> bytes = headOf({});
    const std::string sentence =
        "it is a JPEG 2000 cut into 63935 tiles of 3 components, and no more than 6990 are read";
    QCOMPARE(readJpeg2000Head(bytes)->refusal(), sentence);
    Image image = Image::unset(16, 16);
    QCOMPARE(decodeJpeg2000({bytes, Jpeg2000Colour::Rgb, {10768, 1520}, 1}, image), sentence);
    QCOMPARE(decodeJpeg2000({bytes, Jpeg2000Colour::Rgb, {256, 256}, 1}, image),
             std::string("it is a JPEG 2000 of 10768 x 1520 pixels, not 256 x 256"));
    const std::vector<uint8_t> many =
        headOf({.right = 256, .bottom = 256, .tileWidth = 256, .tileHeight = 256, .components = 4});
    QCOMPARE(decodeJpeg2000({many, Jpeg2000Colour::Rgb, {256, 256}, 1}, image),
             std::string("it is a JPEG 2000 of 4 components, not 3"));
    QCOMPARE(decodeJpeg2000({std::span(bytes).first(20), Jpeg2000Colour::Rgb, {10768, 1520}, 1}, image),
             std::string("its JPEG 2000 header is damaged"));
    QCOMPARE(
        readJpeg2000Head(headOf({.tileWidth = 1, .tileHeight = 1, .components = 80}))->refusal(),
        std::string("it is a JPEG 2000 cut into 16367360 tiles of 80 components, and no more than 682 are "
                    "read"));
  }
};

}  // namespace geneglass::jpeg2000_head_test

GENEGLASS_TEST(geneglass::jpeg2000_head_test::Jpeg2000HeadTest)
#include "jpeg2000_head_test.moc"
