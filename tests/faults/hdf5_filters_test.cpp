// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::hdf5_filters_test {

class Hdf5FiltersTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noCodeIsLoadedFromAFolderOfFilters() {
    const Hdf5Access access;
    unsigned loaded = ~0u;
    QVERIFY(H5PLget_loading_state(&loaded) >= 0);
    QCOMPARE(loaded, 0u);
  }
};

}  // namespace geneglass::hdf5_filters_test

GENEGLASS_TEST(geneglass::hdf5_filters_test::Hdf5FiltersTest)
#include "hdf5_filters_test.moc"
