"""The pages in the browser (Streamlit): thin views that ask the library and show what it says."""
