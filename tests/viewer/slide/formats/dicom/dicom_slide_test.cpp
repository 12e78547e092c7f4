// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/support/made_profile.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/dicom/made_dicom.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/identifying_properties.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::dicom_slide_test {

using namespace geneglass::testing;

namespace {

int off(uint32_t is, uint32_t wanted) {
  int most = 0;
  for (int shift = 0; shift < 24; shift += 8)
    most = std::max(most, std::abs(int(is >> shift & 0xff) - int(wanted >> shift & 0xff)));
  return most;
}

/// The whole of a level, beside what it was made from; transparent pixels are of `leftOut` tiles.
int worst(const OpenedSlide& opened, int level, const std::function<uint32_t(int, int)>& picture) {
  const Level& facts = opened.slide->levels[static_cast<size_t>(level)];
  int most = 0;
  for (int row = 0; row < facts.rows(); ++row)
    for (int column = 0; column < facts.columns(); ++column) {
      const auto tile = opened.source->read({level, column, row});
      if (!tile) return 999;
      const Image& image = (*tile)->image;
      const int left = column * int(facts.tile.width), top = row * int(facts.tile.height);
      for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
          most = std::max(most, off(image.at(x, y), picture(left + x, top + y)));
    }
  return most;
}

std::vector<Size> fileSizes(const Slide& slide) {
  std::vector<Size> sizes;
  for (const Level& level : slide.levels)
    if (!level.reduced) sizes.push_back(level.size);
  return sizes;
}

}  // namespace

class DicomSlideTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { m_folder = std::make_unique<QTemporaryDir>(); }
  void aSeriesIsOneSlideByItsFolderAndByAnyInstance();
  void everyCodingShowsItsSource_data();
  void everyCodingShowsItsSource();
  void tilesWithoutAFrameAreEmpty();
  void ofSeveralOpticalPathsTheFirstIsShown();
  void ofSeveralFocalPlanesTheFirstIsShownAndSaid();
  void theSizeOfAPixelIsSaidInThreePlaces();
  void aProfileIsTheSlides();
  void whatIdentifiesThePatientIsFound();
  void aRealInstanceOpens();
  void aRealSlideSparseInPartsAndAsJpeg2000ShowsTheSame();

 private:
  std::string place(const char* name) const {
    return m_folder->filePath(QString::fromUtf8(name)).toStdString();
  }
  std::unique_ptr<QTemporaryDir> m_folder;
};

void DicomSlideTest::aSeriesIsOneSlideByItsFolderAndByAnyInstance() {
  int number = 0;
  for (const char* name : {"c.dcm", "a", "b.DCM"}) {
    const int factor = 1 << number;
    WrittenDicom facts{.uid = "1.2.3.4." + std::to_string(++number), .number = number};
    if (number > 1) facts.spacing = "";
    writeDicom(place(name), madeDicom({.width = 300 / factor, .height = 210 / factor, .tile = 64}, facts));
  }
  writeDicom(place("label.dcm"),
             madeDicom({.width = 50, .height = 40, .tile = 50}, {.uid = "1.2.3.4.7", .flavour = "LABEL"}));
  writeDicom(place("overview.dcm"),
             madeDicom({.coding = MadeCoding::Jpeg, .width = 100, .height = 40, .tile = 100},
                       {.uid = "1.2.3.4.8", .flavour = "OVERVIEW"}));
  writeDicom(place("ct.dcm"), madeDicom({.tile = 64}, {.objectClass = "1.2.840.10008.5.1.4.1.1.2"}));
  std::filesystem::copy_file(place("a"), place("copy of a"));
  std::ofstream(place("notes.txt")) << std::string(500, 'x');
  const auto whole = openSlide(m_folder->path().toStdString());
  QVERIFY2(whole, whole ? "" : whole.error().sentence.c_str());
  for (const char* name : {"c.dcm", "a", "b.DCM", "label.dcm"}) {
    const auto opened = openSlide(place(name));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->slide->hash, whole->slide->hash);
    QCOMPARE(opened->slide->levels.size(), whole->slide->levels.size());
  }
  const auto slashed = openSlide(m_folder->path().toStdString() + "/");
  QVERIFY(slashed && slashed->slide->name() == whole->slide->name() && !slashed->stamp);
  QCOMPARE(
      slidesAmong({place("a.svs"), place("b.DCM"), place("c.dcm"), place("notes.txt"), place("label.dcm")}),
      (std::vector<std::filesystem::path>{place("a.svs"), place("b.DCM")}));
  const Slide& slide = *whole->slide;
  QCOMPARE(fileSizes(slide), (std::vector<Size>{{300, 210}, {150, 105}, {75, 52}}));
  QCOMPARE(slide.vendor, std::string("dicom"));
  QCOMPARE(slide.damage, std::string());
  QVERIFY(slide.mpp && slide.mpp->x == 0.5 && slide.mpp->y == 0.5);
  QCOMPARE(slide.objectivePower, std::optional<double>(20));
  QCOMPARE(slide.associatedImages.size(), 2u);
  for (const AssociatedImage& each : slide.associatedImages) QVERIFY(each.mayIdentifyPatient);
  const auto label = whole->source->readAssociatedImage("label");
  QVERIFY(label && label->width == 50 && label->height == 40 && off(label->at(9, 7), paintedAt(9, 7)) == 0);
  QVERIFY(whole->source->readAssociatedImage("overview"));
  for (int level = 0; level < 3; ++level) QCOMPARE(worst(*whole, level, paintedAt), 0);
}

void DicomSlideTest::everyCodingShowsItsSource_data() {
  QTest::addColumn<int>("coding");
  QTest::addColumn<bool>("sparse");
  QTest::addColumn<int>("parts");
  QTest::addColumn<int>("table");  // 0 none, 1 basic, 2 extended
  QTest::addColumn<int>("fragment");
  QTest::addColumn<bool>("defined");
  const auto row = [](const char* name, MadeCoding coding, bool sparse, int parts, int table, int fragment) {
    for (const bool defined : {false, true})
      QTest::addRow("%s, %s lengths", name, defined ? "defined" : "open")
          << int(coding) << sparse << parts << table << fragment << defined;
  };
  row("raw", MadeCoding::Raw, false, 1, 0, 0);
  row("raw, sparse", MadeCoding::Raw, true, 1, 0, 0);
  row("raw in 3 parts", MadeCoding::Raw, false, 3, 0, 0);
  row("run lengths", MadeCoding::RunLengths, false, 1, 1, 0);
  row("JPEG of RGB, basic table", MadeCoding::JpegRgb, false, 1, 1, 0);
  row("JPEG of RGB, sparse in 3 parts", MadeCoding::JpegRgb, true, 3, 1, 0);
  row("JPEG, basic table", MadeCoding::Jpeg, false, 1, 1, 0);
  row("JPEG, extended table", MadeCoding::Jpeg, false, 1, 2, 0);
  row("JPEG, no table", MadeCoding::Jpeg, false, 1, 0, 0);
  row("JPEG, no table, many fragments", MadeCoding::Jpeg, false, 1, 0, 1);
  row("JPEG, basic table, many fragments", MadeCoding::Jpeg, true, 1, 1, 1);
  row("JPEG 2000", MadeCoding::Jpeg2000, false, 1, 1, 0);
  row("JPEG 2000, sparse", MadeCoding::Jpeg2000, true, 1, 1, 0);
  row("JPEG 2000, sparse, in 2 parts, many fragments", MadeCoding::Jpeg2000, true, 2, 0, 1);
  row("JPEG 2000 in 4 parts", MadeCoding::Jpeg2000, false, 4, 1, 0);
}

void DicomSlideTest::everyCodingShowsItsSource() {
  QFETCH(int, coding);
  QFETCH(bool, sparse);
  QFETCH(int, parts);
  QFETCH(int, table);
  QFETCH(int, fragment);
  QFETCH(bool, defined);
  const auto kind = static_cast<MadeCoding>(coding);
  WrittenDicom whole = madeDicom({.coding = kind, .sparse = sparse});
  whole.basicTable = table == 1;
  whole.extendedTable = table == 2;
  whole.fragmentKiB = static_cast<unsigned>(fragment);
  whole.definedLengths = defined;
  const int frames = static_cast<int>(whole.frames.size());
  for (int part = 0; part < parts; ++part) {
    const std::string file = place("part.dcm") + std::to_string(parts - part);
    writeDicom(file, parts == 1 ? whole
                                : partOf(whole, frames * part / parts, frames * (part + 1) / parts, part + 1,
                                         parts));
  }
  const auto opened = openSlide(m_folder->path().toStdString());
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->damage, std::string());
  const int most = worst(*opened, 0, paintedAt);
  const int allowed = kind == MadeCoding::Jpeg      ? 4
                      : kind == MadeCoding::JpegRgb ? 2
                                                    : 0;  // dicom_jpeg_loss_test
  QVERIFY2(most <= allowed, qPrintable(QString::number(most)));
}

void DicomSlideTest::tilesWithoutAFrameAreEmpty() {
  writeDicom(place("a.dcm"),
             madeDicom({.width = 1200, .height = 210, .sparse = true, .leftOut = {3, 4, 20}}));
  const auto opened = openSlide(place("a.dcm"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  for (const auto& [column, row, alpha] :
       {std::tuple{3, 0, 0}, {4, 0, 0}, {1, 1, 0}, {2, 0, 255}, {5, 0, 255}}) {
    const auto tile = opened->source->read({0, column, row});
    QVERIFY(tile);
    QCOMPARE(alphaOf((*tile)->image.at(5, 5)), alpha);
  }
  QVERIFY(opened->slide->levels[1].reduced);
  const auto reduced = opened->source->read({1, 0, 0});
  QVERIFY(reduced && !(*reduced)->damaged);
}

void DicomSlideTest::ofSeveralOpticalPathsTheFirstIsShown() {
  WrittenDicom made = madeDicom({.width = 128, .height = 64, .sparse = true});
  const WrittenDicom other = madeDicom(
      {.width = 128, .height = 64, .picture = [](int, int) { return opaque(9, 9, 9); }, .sparse = true});
  made.opticalPaths = {"A", "A", "B", "B"};
  made.frames.insert(made.frames.end(), other.frames.begin(), other.frames.end());
  made.positions.insert(made.positions.end(), other.positions.begin(), other.positions.end());
  writeDicom(place("a.dcm"), made);
  const auto opened = openSlide(place("a.dcm"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(worst(*opened, 0, paintedAt), 0);
  QCOMPARE(opened->slide->note, std::string("Only the first optical path is shown."));
}

void DicomSlideTest::ofSeveralFocalPlanesTheFirstIsShownAndSaid() {
  const auto grey = [](int, int) { return opaque(9, 9, 9); };
  for (const bool sparse : {false, true}) {
    WrittenDicom made = madeDicom({.width = 128, .height = 64, .sparse = sparse});
    for (int plane = 0; plane < 2; ++plane) {
      const WrittenDicom other = madeDicom({.width = 128, .height = 64, .picture = grey, .sparse = sparse});
      made.frames.insert(made.frames.end(), other.frames.begin(), other.frames.end());
      made.positions.insert(made.positions.end(), other.positions.begin(), other.positions.end());
    }
    writeDicom(place("a.dcm"), made);
    const auto opened = openSlide(place("a.dcm"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(worst(*opened, 0, paintedAt), 0);
    QCOMPARE(opened->slide->note, std::string("The first of 3 focal planes is shown."));
  }
  writeDicom(place("a.dcm"), madeDicom({.width = 128, .height = 64}, {.uid = "1.2.3.4.1", .number = 1}));
  writeDicom(place("b.dcm"),
             madeDicom({.width = 128, .height = 64, .picture = grey}, {.uid = "1.2.3.4.2", .number = 2}));
  const auto opened = openSlide(place("a.dcm"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(worst(*opened, 0, paintedAt), 0);
  QCOMPARE(opened->slide->note,
           std::string("1 more of its images of the slide is not shown: of another focal plane or a part."));
}

void DicomSlideTest::theSizeOfAPixelIsSaidInThreePlaces() {
  const auto mppOf = [&](WrittenDicom facts, bool sparse) {
    writeDicom(place("a.dcm"), madeDicom({.sparse = sparse}, std::move(facts)));
    return openSlide(place("a.dcm"))->slide->mpp;
  };
  const auto shared = mppOf({.spacing = "0.0005\\0.000502"}, false);
  QVERIFY(shared && std::abs(shared->x - 0.502) < 1e-9 && std::abs(shared->y - 0.5) < 1e-9);
  for (const bool sparse : {true, false}) {
    const auto perFrame = mppOf({.spacing = "0.00025\\0.00025", .spacingPerFrame = true}, sparse);
    QCOMPARE(perFrame.has_value(), sparse);
    QVERIFY(!sparse || perFrame->x == 0.25);
  }
  const auto volume = mppOf({.spacing = "", .volumeWidth = 0.3f, .volumeHeight = 0.21f}, false);
  QVERIFY(volume && std::abs(volume->x - 1) < 1e-6 && std::abs(volume->y - 1) < 1e-6);
  QVERIFY(!mppOf({.spacing = "", .volumeWidth = 15, .volumeHeight = 15}, false));
  QVERIFY(!mppOf({.spacing = "0\\0.0005"}, false));
  QVERIFY(!mppOf({.spacing = ""}, false));
}

void DicomSlideTest::aProfileIsTheSlides() {
  writeDicom(place("a.dcm"), madeDicom({}, {.colourProfile = wideGamutProfile(Gamut::Adobe)}));
  const auto opened = openSlide(place("a.dcm"));
  QVERIFY(opened && !opened->slide->colourProfile.empty());
  QCOMPARE(opened->slide->colourProfileRefusal, std::string());
}

void DicomSlideTest::whatIdentifiesThePatientIsFound() {
  writeDicom(place("a.dcm"), madeDicom({}));
  for (const std::string& file : {place("a.dcm"), m_folder->path().toStdString()}) {
    std::string all;
    for (const SlideProperty& each : identifyingProperties(file)) all += each.name + "=" + each.value + ";";
    QCOMPARE(all, std::string("dicom.PatientName=Doe^Jane;dicom.PatientID=P-17;"));
  }
}

void DicomSlideTest::aRealInstanceOpens() {
  GENEGLASS_NEED(file, "slides/unsupported-dicom-wsi.dcm");
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->slide->size(), (Size{3236, 2638}));
  QVERIFY(!opened->slide->mpp);  // a volume of 15 x 15 mm, which no pixels of its 3236 x 2638 make
  for (const Level& level : opened->slide->levels)
    for (int row = 0; row < level.rows(); ++row)
      for (int column = 0; column < level.columns(); ++column) {
        const auto tile =
            opened->source->read({static_cast<int>(&level - opened->slide->levels.data()), column, row});
        QVERIFY2(tile && !(*tile)->damaged, tile ? "" : tile.error().sentence.c_str());
      }
}

void DicomSlideTest::aRealSlideSparseInPartsAndAsJpeg2000ShowsTheSame() {
  GENEGLASS_NEED(file, "slides/unsupported-dicom-wsi.dcm");
  const auto real = openSlide(file);
  const auto pixels = readLevelRegion(*real->slide, *real->source, 0, 0, 0, 3236, 2638);
  QVERIFY(pixels);
  const auto picture = [&](int x, int y) { return pixels->at(x, y); };
  const WrittenDicom whole =
      madeDicom({.width = 3236, .height = 2638, .tile = 512, .picture = picture, .sparse = true});
  const int frames = static_cast<int>(whole.frames.size());
  for (int part = 0; part < 3; ++part)
    writeDicom(place("a") + std::to_string(part),
               partOf(whole, frames * part / 3, frames * (part + 1) / 3, part + 1, 3));
  const auto opened = openSlide(place("a1"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(worst(*opened, 0, picture), 0);
}

}  // namespace geneglass::dicom_slide_test

GENEGLASS_TEST(geneglass::dicom_slide_test::DicomSlideTest)

#include "dicom_slide_test.moc"
