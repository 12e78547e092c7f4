// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/dicom/made_dicom.h"
#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::dicom_refused_test {

using namespace geneglass::testing;

class DicomRefusedTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { m_folder = std::make_unique<QTemporaryDir>(); }
  void whatIsNoSlideSaysWhatItIs_data();
  void whatIsNoSlideSaysWhatItIs();
  void aFolderOfNoneOrOfSeveralSlidesIsRefused();
  void aMissingPartIsSaidAndItsTilesAreLost();
  void aLevelThatCannotBeReadIsLeftOutAloud();
  void aFrameThatCannotBeDecodedIsDamaged();
  void aCutFileLosesItsLastFrames();
  void aFileCutAnywhereIsASentenceOrASlide();
  void sequencesNestedWithoutEndAreASentence();
  void offsetsThatLieAreNotFollowed();

 private:
  std::string place(const char* name) const {
    return m_folder->filePath(QString::fromUtf8(name)).toStdString();
  }
  std::string refusal(const char* name) const {
    const auto opened = openSlide(place(name));
    return opened ? "opened" : opened.error().sentence;
  }

  std::unique_ptr<QTemporaryDir> m_folder;
};

void DicomRefusedTest::whatIsNoSlideSaysWhatItIs_data() {
  QTest::addColumn<std::function<void(WrittenDicom&)>>("change");
  QTest::addColumn<QByteArray>("reason");
  const auto row = [](const char* reason, std::function<void(WrittenDicom&)> change) {
    QTest::addRow("%.60s", reason) << std::move(change) << QByteArray(reason);
  };
  row("it is DICOM of another kind (CTImageStorage), not a whole-slide image",
      [](WrittenDicom& made) { made.objectClass = "1.2.840.10008.5.1.4.1.1.2"; });
  row("its series holds no image of the slide itself, only pictures beside it",
      [](WrittenDicom& made) { made.flavour = "LABEL"; });
  row("its pixels are of one channel (MONOCHROME2), as fluorescence has them, not of three colours",
      [](WrittenDicom& made) {
        made.samples = 1;
        made.photometric = "MONOCHROME2";
      });
  row("its pixels have 4 samples, not 3", [](WrittenDicom& made) { made.samples = 4; });
  row("its colours are 'PALETTE COLOR', which is not read",
      [](WrittenDicom& made) { made.photometric = "PALETTE COLOR"; });
  row("its pixels are compressed in a way that is not read (JPEGLSLossless)",
      [](WrittenDicom& made) { made.syntax = "1.2.840.10008.1.2.4.80"; });
  row("it does not say how many pixels it has", [](WrittenDicom& made) { made.width = 0; });
  row("its frames have no pixels", [](WrittenDicom& made) { made.tileHeight = 0; });
  row("2000000000 x 2 frames are more than any slide's", [](WrittenDicom& made) {
    made.width = 2000000000;
    made.height = 70;
    made.tileWidth = 1;
  });
  row("a frame of 65535 x 65535 pixels does not fit into memory",
      [](WrittenDicom& made) { made.tileWidth = made.tileHeight = 65535; });
  row("20 of its frames do not say where they lie",
      [](WrittenDicom& made) { made.organization = "TILED_SPARSE"; });
  row("frame 2 lies off the grid of tiles, at column 5 and row 1", [](WrittenDicom& made) {
    made.organization = "TILED_SPARSE";
    made.positions = {{1, 1}, {5, 1}};
  });
  row("frame 1 lies outside the image, at column 0 and row 1", [](WrittenDicom& made) {
    made.organization = "TILED_SPARSE";
    made.positions = {{0, 1}};
  });
}

void DicomRefusedTest::whatIsNoSlideSaysWhatItIs() {
  QFETCH(std::function<void(WrittenDicom&)>, change);
  QFETCH(QByteArray, reason);
  WrittenDicom made = madeDicom({});
  change(made);
  writeDicom(place("a.dcm"), made);
  const std::string sentence = refusal("a.dcm");
  QVERIFY2(sentence.starts_with("Cannot open '" + place("a.dcm") + "': "), sentence.c_str());
  QVERIFY2(sentence.ends_with(reason.toStdString() + "."), sentence.c_str());
}

void DicomRefusedTest::aFolderOfNoneOrOfSeveralSlidesIsRefused() {
  const std::string folder = m_folder->path().toStdString();
  QCOMPARE(openSlide(folder).error().sentence,
           "Cannot open '" + folder + "': it is a folder that holds no DICOM slide and no OME-Zarr.");
  writeDicom(place("a"), madeDicom({.width = 128}, {.series = "1.2"}));
  writeDicom(place("b"), madeDicom({.width = 192}, {.series = "1.3"}));
  QCOMPARE(openSlide(folder).error().sentence,
           "Cannot open '" + folder + "': it holds 2 DICOM slides: open a file of one of them.");
  QCOMPARE(openSlide(place("a"))->slide->size().width, 128);
  QCOMPARE(openSlide(place("b"))->slide->size().width, 192);
  writeDicom(place("b"), madeDicom({.width = 192}, {.series = "1.2", .uid = "1.9", .pyramid = "1.5"}));
  QCOMPARE(
      openSlide(folder).error().sentence,
      "Cannot open '" + folder + "': it holds 2 pyramids of one DICOM series: open a file of one of them.");
  QCOMPARE(openSlide(place("b"))->slide->size().width, 192);
}

void DicomRefusedTest::aMissingPartIsSaidAndItsTilesAreLost() {
  for (const bool sparse : {false, true}) {
    init();
    const WrittenDicom whole = madeDicom({.sparse = sparse});
    writeDicom(place("1"), partOf(whole, 0, 5, 1, 3));
    writeDicom(place("3"), partOf(whole, 10, 20, 3, 3));
    const auto opened = openSlide(place("3"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->slide->damage,
             std::string("Of the 3 files of its level of 300 x 210 pixels, 1 is not in the folder."));
    QVERIFY(opened->source->read({0, 0, 0}));
    QCOMPARE(opened->source->read({0, 0, 1}).error().sentence,
             "Cannot read tile (level 0, column 0, row 1) of '" + place("3") +
                 "': the file that holds it is not in the folder.");
  }
}

void DicomRefusedTest::aLevelThatCannotBeReadIsLeftOutAloud() {
  writeDicom(place("a"), madeDicom({}));
  WrittenDicom coarse = madeDicom({.width = 150, .height = 105}, {.uid = "1.2.3.4.2"});
  coarse.syntax = "1.2.840.10008.1.2.4.80";
  writeDicom(place("b"), coarse);
  const auto opened = openSlide(place("a"));
  QVERIFY(opened);
  QCOMPARE(opened->slide->damage,
           std::string("'b' of the same series is left out: its pixels are compressed in a "
                       "way that is not read (JPEGLSLossless)."));
}

void DicomRefusedTest::aFrameThatCannotBeDecodedIsDamaged() {
  WrittenDicom made = madeDicom({.coding = MadeCoding::Jpeg});
  made.frames[1].resize(made.frames[1].size() / 2);
  made.frames[2] = {0xff, 0xd8, 0xff, 0xd9};
  made.frames[3] = madeDicom({.coding = MadeCoding::Jpeg, .tile = 32}).frames[0];
  writeDicom(place("a.dcm"), made);
  const auto opened = openSlide(place("a.dcm"));
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(opened->source->read({0, 0, 0}));
  QVERIFY(!opened->source->read({0, 2, 0}));
  for (const auto& [column, reason] : {std::pair{1, "the JPEG data end before the tile is full"},
                                       {3, "it is a JPEG of 32 x 32 pixels, not 64 x 64"}})
    QCOMPARE(opened->source->read({0, column, 0}).error().sentence,
             "Cannot read tile (level 0, column " + std::to_string(column) + ", row 0) of '" +
                 place("a.dcm") + "': " + reason + ".");
}

void DicomRefusedTest::aCutFileLosesItsLastFrames() {
  for (const MadeCoding coding : {MadeCoding::Raw, MadeCoding::Jpeg})
    for (const bool table : {true, false}) {
      WrittenDicom made = madeDicom({.coding = coding});
      made.basicTable = table;
      writeDicom(place("a.dcm"), made);
      std::filesystem::resize_file(place("a.dcm"), std::filesystem::file_size(place("a.dcm")) * 3 / 5);
      const auto opened = openSlide(place("a.dcm"));
      QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
      QVERIFY2(opened->slide->damage.ends_with(
                   " of 20 frames of its level of 300 x 210 pixels lie beyond the end of their file."),
               opened->slide->damage.c_str());
      QVERIFY(opened->source->read({0, 0, 0}));
      QVERIFY(opened->source->read({0, 4, 3}).error().sentence.ends_with(
          "its bytes lie beyond the end of the file."));
    }
}

void DicomRefusedTest::aFileCutAnywhereIsASentenceOrASlide() {
  writeDicom(place("whole"), madeDicom({.width = 100, .height = 70, .sparse = true}));
  const FileBytes whole(place("whole"));
  std::filesystem::remove(place("whole"));
  for (size_t size = 1; size < whole.size(); size += size < 3000 ? 1 : 97) {
    FileBytes cut = whole;
    cut.resize(size);
    cut.write(place("cut"));
    const auto opened = openSlide(place("cut"));
    if (opened)
      (void)opened->source->read({0, 0, 0});
    else
      QVERIFY(opened.error().sentence.starts_with("Cannot open '" + place("cut") + "': "));
  }
}

void DicomRefusedTest::sequencesNestedWithoutEndAreASentence() {
  writeDicom(place("a.dcm"), madeDicom({}));
  std::string bytes;
  {
    std::ifstream stream(place("a.dcm"), std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(stream), {});
  }
  // (0048,0105), a sequence that is read, of open and of defined length.
  const std::string open("\x48\x00\x05\x01SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff", 20);
  const auto defined = [](size_t length) {
    std::string head("\x48\x00\x05\x01SQ\0\0....\xfe\xff\x00\xe0....", 20);
    for (size_t i = 0; i < 4; ++i) {
      head[8 + i] = static_cast<char>((length - 12) >> (8 * i));
      head[16 + i] = static_cast<char>((length - 20) >> (8 * i));
    }
    return head;
  };
  const size_t at = bytes.find(std::string("\x48\x00\x05\x01SQ", 6));
  QVERIFY(at != std::string::npos);
  std::string opened, closed;
  for (size_t i = 0; i < 100000; ++i) opened += open;
  for (size_t i = 100000; i > 0; --i) closed += defined(20 * i);
  for (const std::string& nest : {opened, closed}) {
    std::ofstream(place("b.dcm"), std::ios::binary) << bytes.substr(0, at) << nest << bytes.substr(at);
    const std::string sentence = refusal("b.dcm");
    QVERIFY2(
        sentence == "Cannot open '" + place("b.dcm") + "': it is cut short or damaged before its pixels." ||
            sentence ==
                "Cannot open '" + place("b.dcm") + "': its attributes hold more items than any writer's.",
        sentence.c_str());
  }
}

void DicomRefusedTest::offsetsThatLieAreNotFollowed() {
  const WrittenDicom made = madeDicom({.coding = MadeCoding::Jpeg});
  writeDicom(place("a.dcm"), made);
  FileBytes bytes(place("a.dcm"));
  size_t table = bytes.size();
  while (!(bytes.number(table - 8, 8) == 0xe000fffeull + (80ull << 32))) --table;
  const auto sentenceOf = [&](int column) {
    const auto opened = openSlide(place("a.dcm"));
    if (!opened) return opened.error().sentence;
    const auto tile = opened->source->read({0, column, 0});
    return tile ? std::string() : tile.error().sentence;
  };
  const std::string tile = "Cannot read tile (level 0, column 1, row 0) of '" + place("a.dcm") + "': ";
  for (const auto& [lie, reason] : {std::pair{7ull, "no frame lies where the offset table says"},
                                    {0ull, ""},  // no table: the frames themselves say where they begin
                                    {0xffffffffull, ""}}) {
    bytes.put(table + 4, lie, 4);
    bytes.write(place("a.dcm"));
    QCOMPARE(sentenceOf(1), *reason ? tile + reason + "." : "");
    QCOMPARE(sentenceOf(2), std::string());
  }
}

}  // namespace geneglass::dicom_refused_test

GENEGLASS_TEST(geneglass::dicom_refused_test::DicomRefusedTest)
#include "dicom_refused_test.moc"
