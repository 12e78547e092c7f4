// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/unmarked_levels.h"

#include <QTemporaryDir>
#include <QTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::unmarked_levels_test {

using namespace geneglass::testing;

namespace {

/// The painted picture, each pixel the mean of step x step, as far as the tile needs it; or a strange one.
std::vector<uint8_t> reducedTile(const TiffRecipe& recipe, int left, int top, int step, bool strange) {
  std::vector<uint8_t> bytes;
  for (int y = top; y < top + recipe.tile; ++y)
    for (int x = left; x < left + recipe.tile; ++x)
      for (int sample = 0; sample < 3; ++sample) {
        uint32_t sum = 0;
        for (int i = 0; i < step * step; ++i)
          sum += sampleAt(recipe, (strange ? 9000 : 0) + x * step + i % step, y * step + i / step, sample);
        bytes.push_back(static_cast<uint8_t>(sum / static_cast<uint32_t>(step * step)));
      }
  return bytes;
}

/// Directories at these steps, none of which says that it is reduced; a negative step shows another picture.
void writeUnmarked(const std::filesystem::path& file, TiffRecipe recipe, const std::vector<int>& steps) {
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  const TiffRecipe whole = recipe;
  for (const int step : steps) {
    const int factor = std::abs(step);
    recipe.width = whole.width / factor;
    recipe.height = whole.height / factor;
    setTiffTags(tiff, recipe);
    for (int top = 0; top < recipe.height; top += recipe.tile)
      for (int left = 0; left < recipe.width; left += recipe.tile)
        TIFFWriteTile(tiff, reducedTile(recipe, left, top, factor, step < 0).data(),
                      static_cast<uint32_t>(left), static_cast<uint32_t>(top), 0, 0);
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
}

}  // namespace

class UnmarkedLevelsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void smallerCopiesAreLevelsThoughTheyDoNotSaySo_data();
  void smallerCopiesAreLevelsThoughTheyDoNotSaySo();
  void pagesOfOneSizeAreNoLevels();
};

void UnmarkedLevelsTest::smallerCopiesAreLevelsThoughTheyDoNotSaySo_data() {
  QTest::addColumn<int>("compression");
  QTest::addColumn<std::vector<int>>("steps");
  QTest::addColumn<int>("levels");
  QTest::addColumn<QString>("note");
  const QString others = QStringLiteral("The first of 2 images in the file is shown.");
  for (const int compression : {COMPRESSION_LZW, COMPRESSION_JPEG}) {
    const auto row = [&](const char* name, const std::vector<int>& steps, int levels, const QString& note) {
      QTest::addRow("%s, compression %d", name, compression) << compression << steps << levels << note;
    };
    row("one image", {1}, 1, {});
    row("halves", {1, 2, 4}, 3, {});
    row("quarters", {1, 4}, 2, {});
    row("another section of half the size", {1, -2}, 1, others);
    row("another one between", {1, -2, 4}, 2, others);
    row("another one last", {1, 2, -4}, 2, others);
  }
}

void UnmarkedLevelsTest::smallerCopiesAreLevelsThoughTheyDoNotSaySo() {
  QFETCH(int, compression);
  QFETCH(std::vector<int>, steps);
  QFETCH(int, levels);
  QFETCH(QString, note);
  const QTemporaryDir folder;
  const std::filesystem::path file = folder.filePath(QStringLiteral("a.tif")).toStdString();
  TiffRecipe recipe{.compression = static_cast<uint16_t>(compression), .photometric = PHOTOMETRIC_RGB};
  recipe.width = 1200;
  recipe.height = 900;
  writeUnmarked(file, recipe, steps);
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto& all = opened->slide->levels;
  QCOMPARE(static_cast<int>(std::ranges::count_if(all, [](const Level& level) { return !level.reduced; })),
           levels);
  QCOMPARE(QString::fromStdString(opened->slide->note), note);
  for (int i = 0; i < static_cast<int>(all.size()); ++i) QVERIFY(opened->source->read({i, 0, 0}));
}

void UnmarkedLevelsTest::pagesOfOneSizeAreNoLevels() {
  const QTemporaryDir folder;
  const std::filesystem::path file = folder.filePath(QStringLiteral("a.tif")).toStdString();
  TiffRecipe recipe{.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB};
  writeUnmarked(file, recipe, {1, -1, 1, 2});
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->levels.size(), size_t{1});
  QCOMPARE(opened->slide->note, std::string("The first of 3 images of this size is shown."));
}

}  // namespace geneglass::unmarked_levels_test

GENEGLASS_TEST(geneglass::unmarked_levels_test::UnmarkedLevelsTest)
#include "unmarked_levels_test.moc"
